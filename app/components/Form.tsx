import type { ReactNode } from 'react'

/** The column of a form's fields and its buttons; stands inside Remix's `Form`. */
export function FormFields({ children }: { children: ReactNode }) {
  return <div className="form">{children}</div>
}

/** Fields that belong together, side by side where there is room (day and time). */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className="form-row">{children}</div>
}
