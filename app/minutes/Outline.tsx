/** A heading of the text, and where it stands. */
export type OutlineItem = { id: string; level: number; title: string }

/** The agenda as it stands in the text: links to its headings. */
export function Outline({ items }: { items: readonly OutlineItem[] }) {
  if (items.length === 0) return <p>Le texte n’a pas encore de titre.</p>
  return (
    <ol>
      {items.map(({ id, level, title }) => (
        <li key={id} data-level={level}>
          <a href={`#${id}`}>{title}</a>
        </li>
      ))}
    </ol>
  )
}
