import { SimpleText } from '#app/administration/SimpleText.tsx'
import { Page } from '#app/components/Page.tsx'

/** A legal page, read without signing in. */
export function LegalPage({ title, body }: { title: string; body: string }) {
  return (
    <Page title={title} width="narrow">
      <SimpleText source={body} />
    </Page>
  )
}
