import { Form } from '@remix-run/react'
import { ButtonRow, SubmitButton } from '#app/components/Button.tsx'
import { Notice } from '#app/components/Notice.tsx'
import { Section } from '#app/components/Section.tsx'
import { type Letter, MailToCopy } from './MailToCopy.tsx'

type HandOverProps = {
  title: string
  /** Once it is shown. */
  letter: Letter | null
  /** Why it is for its person alone. */
  warning: string
  /** What to do, before it is shown. */
  before: string
  /** What buttons say, and what the second one sends. */
  words: { show: string; again: string; done: string }
  doneAct: string
}

/** A mail that nothing sends, and that somebody hands over: first its words, then that it is done. */
export function HandOver({ title, letter, warning, before, words, doneAct }: HandOverProps) {
  return (
    <Section title={title}>
      {letter ? (
        <>
          <Notice tone="warning" announce>
            {warning}
          </Notice>
          <MailToCopy letter={letter} />
        </>
      ) : (
        <p>{before}</p>
      )}
      <Form method="post" preventScrollReset>
        <ButtonRow>
          <SubmitButton name="acte" value="texte" variant={letter ? 'secondary' : 'primary'} pendingLabel="Écriture…">
            {letter ? words.again : words.show}
          </SubmitButton>
          <SubmitButton name="acte" value={doneAct} variant={letter ? 'primary' : 'secondary'} icon="check">
            {words.done}
          </SubmitButton>
        </ButtonRow>
      </Form>
    </Section>
  )
}
