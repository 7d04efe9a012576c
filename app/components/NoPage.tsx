/**
 * The page of an address that only receives a form: never seen. Without it, Remix answers a refusal there with English
 * JSON; with it, with the error page of the consortium.
 */
export default function NoPage() {
  return null
}
