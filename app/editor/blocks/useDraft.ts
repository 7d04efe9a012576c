import { type ChangeEvent, useEffect, useState } from 'react'

/**
 * What is being typed in a field whose value lives in the shared text: shown at once, given on by `commit`, and replaced
 * when somebody else changes it.
 */
export function useDraft(stored: unknown, commit: (value: string) => void) {
  const value = typeof stored === 'string' ? stored : ''
  const [draft, setDraft] = useState(value)
  useEffect(() => {
    // A space at the end of what one is typing is not stored yet: it stays.
    setDraft(current => (current.trim() === value ? current : value))
  }, [value])
  return {
    value: draft,
    onChange: (event: ChangeEvent<HTMLInputElement>) => {
      setDraft(event.target.value)
      commit(event.target.value)
    },
  }
}
