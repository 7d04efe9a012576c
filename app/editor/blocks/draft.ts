/**
 * What is being typed in a field whose value lives in the shared text: shown at once, given on by `commit`, and replaced
 * when somebody else changes it.
 *
 * @returns what shows the stored value
 */
export function draft(input: HTMLInputElement, commit: (value: string) => void): (stored: unknown) => void {
  let known: string | null = null
  input.addEventListener('input', () => commit(input.value))
  return stored => {
    const value = typeof stored === 'string' ? stored : ''
    // A space at the end of what one is typing is not stored yet: it stays.
    if (value !== known && input.value.trim() !== value) input.value = value
    known = value
  }
}
