import { useEffect, useRef } from 'react'
import { counted } from '#app/formats.ts'
import { fieldId } from './Field.tsx'
import { PlainList } from './PlainList.tsx'

export interface FieldMessage {
  /** The field's name (or `id` when the field has one of its own); none for what concerns the whole form. */
  name?: string
  id?: string
  message: string
}

export interface ErrorSummaryProps {
  errors: readonly FieldMessage[]
  title?: string
  /** What changes at each try, usually `useActionData()`. */
  submission?: unknown
}

/**
 * At the head of a refused form: what is wrong, each line leading to its field. It receives the focus, so that nobody
 * has to look for what happened. Nothing without an error.
 */
export function ErrorSummary({ errors, title, submission }: ErrorSummaryProps) {
  const box = useRef<HTMLElement>(null)
  const messages = errors.map(({ message }) => message).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the same errors after another try take the focus again.
  useEffect(() => {
    if (messages !== '') box.current?.focus()
  }, [messages, submission])
  if (errors.length === 0) return null
  return (
    <section className="error-summary" ref={box} tabIndex={-1} aria-labelledby="erreurs-titre">
      <h2 id="erreurs-titre">{title ?? `${counted(errors.length, 'point est', 'points sont')} à corriger`}</h2>
      <PlainList>
        {errors.map(error => (
          <li key={`${error.name}${error.message}`}>
            {error.name || error.id ? (
              <a href={`#${fieldId({ id: error.id, name: error.name ?? '' })}`}>{error.message}</a>
            ) : (
              error.message
            )}
          </li>
        ))}
      </PlainList>
    </section>
  )
}
