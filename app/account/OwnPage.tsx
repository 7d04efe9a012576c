import type { ReactNode } from 'react'
import { useMemo } from 'react'
import { ErrorSummary, type FieldMessage } from '#app/components/ErrorSummary.tsx'
import { Flash } from '#app/components/Flash.tsx'
import { Page, type PageProps } from '#app/components/Page.tsx'
import { type FormAnswer, problemOf } from '#app/form-answers.ts'
import { errorLines } from '#app/forms.ts'
import type { Typed } from './requests.ts'

/** What an action of these pages may answer, beside a redirection. */
export type Answer = Partial<FormAnswer<Typed>> | undefined

type OwnPageProps = Omit<PageProps, 'notice'> & {
  answer?: Answer
  /** The ids of fields that have one of their own, by name. */
  ids?: Readonly<Record<string, string>>
  notice?: ReactNode
}

/** A page of one's own profile: what was just done, or what is wrong with what was typed, at its head. */
export function OwnPage({ answer, ids, notice, ...page }: OwnPageProps) {
  const errors = useErrors(answer, ids)
  return (
    <Page
      width="narrow"
      breadcrumb={[{ label: 'Profil', to: '/profil' }]}
      {...page}
      notice={
        <>
          <Flash />
          <ErrorSummary errors={errors} submission={answer} />
          {notice}
        </>
      }
    />
  )
}

/** The lines of an error summary, leading to fields that may have an id of their own. */
export function useErrors(answer: Answer, ids?: Readonly<Record<string, string>>): FieldMessage[] {
  return useMemo(
    () =>
      errorLines(problemOf(answer)).map(line => {
        const id = line.name === undefined ? undefined : ids?.[line.name]
        return id === undefined ? line : { ...line, id }
      }),
    [answer, ids],
  )
}
