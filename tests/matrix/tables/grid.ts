/** A letter for those who may; `-` when the state lets nobody; `x` when those who may cannot now. */
export type Mark<Letter extends string> = Letter | '-' | 'x'

/** Reads a table drawn with spaces: the first line names the columns, each following one begins with its row's name. */
export function grid<Row extends string, Column extends string, Letter extends string>(
  drawing: string,
): Record<Row, Record<Column, Mark<Letter>>> {
  const [head = [], ...lines] = drawing
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/))
  const rows = lines.map(([name = '', ...marks]) => {
    if (marks.length !== head.length)
      throw new Error(`the row ${name} has ${marks.length} marks for ${head.length} columns`)
    return [name, Object.fromEntries(head.map((column, n) => [column, marks[n]]))]
  })
  return Object.fromEntries(rows) as Record<Row, Record<Column, Mark<Letter>>>
}
