/**
 * The page of an address that only receives a form, or leads elsewhere: never seen. Without it, Remix answers a refusal
 * there with English JSON; with it, with the error page of what is around.
 */
export default function NoPage() {
  return null
}
