import '@remix-run/node'

/** Loaders' data keep their types (dates stay dates): see the flag of the same name in `remix.config.js`. */
declare module '@remix-run/node' {
  interface Future {
    v3_singleFetch: true
  }
}
