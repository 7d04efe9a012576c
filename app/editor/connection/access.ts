/**
 * Whether the page one is on may no longer be read by this person: the live server has one code for sealed, unknown and
 * unreadable texts, the page has not. False when nobody answers: what is kept is not deleted on a guess.
 */
export async function accessIsGone(page: string): Promise<boolean> {
  try {
    const response = await fetch(page, { method: 'HEAD', redirect: 'manual', cache: 'no-store' })
    return response.status === 404
  } catch {
    return false
  }
}
