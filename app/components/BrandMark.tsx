/** The mark of the product: the three storeys of a governance, each in the hue of its level. */
export function BrandMark() {
  return (
    <svg className="brand-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <rect x="11" y="4" width="10" height="6.5" rx="1.6" fill="var(--institutionnel)" />
      <rect x="6.5" y="12.75" width="19" height="6.5" rx="1.6" fill="var(--strategique)" />
      <rect x="2" y="21.5" width="28" height="6.5" rx="1.6" fill="var(--operationnel)" />
    </svg>
  )
}
