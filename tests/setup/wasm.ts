import { hash } from 'node:crypto'

/**
 * Each program of WebAssembly, which is what the embedded database is made of, is compiled once for a worker and kept:
 * compiling takes longer than most tests, and letting go of what was compiled may end the worker (V8, « Check failed:
 * jit_page_->allocations_.erase »).
 */
const compiled = new Map<string, WebAssembly.Module>()
const { Module, instantiate } = WebAssembly

function compileOnce(bytes: BufferSource): WebAssembly.Module {
  const key = hash(
    'sha1',
    ArrayBuffer.isView(bytes)
      ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      : new Uint8Array(bytes),
  )
  const module = compiled.get(key) ?? new Module(bytes)
  compiled.set(key, module)
  return module
}

if (!Reflect.get(WebAssembly, 'compilesOnce')) {
  const replaced: Partial<typeof WebAssembly> & { compilesOnce: true } = {
    compilesOnce: true,
    Module: new Proxy(Module, { construct: (_, [bytes]: [BufferSource]) => compileOnce(bytes) }),
    instantiate: (async (source: BufferSource | WebAssembly.Module, imports?: WebAssembly.Imports) => {
      if (source instanceof Module) return instantiate(source, imports)
      const module = compileOnce(source)
      return { module, instance: await instantiate(module, imports) }
    }) as typeof instantiate,
  }
  Object.assign(WebAssembly, replaced)
}
