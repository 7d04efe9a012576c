import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** The product's server, file by file. */
export function serverSources(): Map<string, string> {
  const root = join(import.meta.dirname, '../..')
  const files = globSync('server/**/*.ts', { cwd: root }).sort()
  return new Map(files.map(file => [file, readFileSync(join(root, file), 'utf8')]))
}

/** What a function does by itself, and the functions that it names. */
type Deed = { file: string; name: string; writes: string[]; names: string[] }

/** What a function does, itself or by those it calls: the tables it writes, and every function it reaches. */
export type Reach = { tables: Set<string>; functions: Set<string> }

/** A file as the graph of calls sees it; parsed once for each text. */
const parsed = new Map<string, Deed[]>()

/** What each function of the server reaches, by name; two functions of one name are told apart by their imports. */
export function reachOf(sources: ReadonlyMap<string, string>): (name: string) => Reach | null {
  const deeds = new Map<string, Deed>()
  for (const [file, source] of sources) {
    const key = `${file}\n${source}`
    const own = parsed.get(key) ?? deedsOf(file, source)
    parsed.set(key, own)
    for (const deed of own) deeds.set(`${deed.file}#${deed.name}`, deed)
  }
  return name => {
    const starts = [...deeds.keys()].filter(key => key.startsWith('server/domain/') && key.endsWith(`#${name}`))
    if (starts.length === 0) return null
    const reach: Reach = { tables: new Set(), functions: new Set() }
    const waiting = [...starts]
    for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
      if (reach.functions.has(key)) continue
      reach.functions.add(key)
      const deed = deeds.get(key)
      for (const table of deed?.writes ?? []) reach.tables.add(table)
      waiting.push(...(deed?.names ?? []).filter(each => deeds.has(each)))
    }
    return reach
  }
}

/** Where the server calls one of these functions: from the first to the last character of the call. */
export function callsOf(source: string, callee: RegExp): { from: number; to: number }[] {
  const calls: { from: number; to: number }[] = []
  const visit = (node: ts.Node) => {
    if (ts.isCallExpression(node) && callee.test(node.expression.getText())) {
      calls.push({ from: node.getStart(), to: node.getEnd() })
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true))
  return calls
}

function deedsOf(file: string, source: string): Deed[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const known = new Map<string, string>()
  const bodies: { name: string; body: ts.Node }[] = []
  for (const statement of tree.statements) {
    for (const [local, key] of imported(file, statement)) known.set(local, key)
    if (ts.isFunctionDeclaration(statement) && statement.name)
      bodies.push({ name: statement.name.text, body: statement })
    if (!ts.isVariableStatement(statement)) continue
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && initializer) bodies.push({ name: name.text, body: initializer })
    }
  }
  for (const { name } of bodies) known.set(name, `${file}#${name}`)
  return bodies.map(({ name, body }) => {
    const deed: Deed = { file, name, writes: [], names: [] }
    const visit = (node: ts.Node) => {
      if (ts.isTypeNode(node)) return
      if (ts.isIdentifier(node)) deed.names.push(known.get(node.text) ?? '')
      const table = tableWritten(node)
      if (table) deed.writes.push(table)
      ts.forEachChild(node, visit)
    }
    ts.forEachChild(body, visit)
    return deed
  })
}

/** « tx.update(minutes) »: `minutes`. */
function tableWritten(node: ts.Node): string | null {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return null
  const { name, expression } = node.expression
  if (!['insert', 'update', 'delete'].includes(name.text) || !/(^|\.)(db|tx)$/.test(expression.getText())) return null
  return node.arguments[0]?.getText() ?? null
}

/** The local names that an import gives, and the functions they are. */
function imported(file: string, statement: ts.Statement): [string, string][] {
  if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) return []
  const from = statement.moduleSpecifier.text
  const path = from.startsWith('.') ? join(dirname(file), from) : from.replace('#server/', 'server/')
  const bindings = statement.importClause?.namedBindings
  if (!bindings || !ts.isNamedImports(bindings)) return []
  return bindings.elements.map(({ name, propertyName }) => [name.text, `${path}#${(propertyName ?? name).text}`])
}
