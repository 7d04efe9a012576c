import { Link } from '@remix-run/react'
import { Icon } from '#app/components/Icon.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { shortDate } from '#app/formats.ts'
import type { MatrixPerson, MatrixSeat } from '#server/domain/representation/matrix.ts'

/** Those who sit in one place: who carries the voice is said by a sign and its word. */
export function Seats({ slug, seats }: { slug: string; seats: readonly MatrixSeat[] }) {
  return (
    <PlainList className="seats">
      {seats.map(seat => (
        <li key={seat.mandateId}>
          <Person slug={slug} person={seat} />
          {seat.carriesVoice && <Voice />}
          {seat.suppleants.map(suppleant => (
            <span key={suppleant.mandateId} className="seat-suppleant">
              <Person slug={slug} person={suppleant} />
            </span>
          ))}
        </li>
      ))}
    </PlainList>
  )
}

function Person({ slug, person }: { slug: string; person: MatrixPerson }) {
  const { mandateId, name, functionLabel, endsOn } = person
  return (
    <>
      <strong>
        <Link to={`/${slug}/mandats/${mandateId}`}>{name}</Link>
      </strong>{' '}
      <span className="seat-function">
        {functionLabel}
        {endsOn && `, jusqu’au ${shortDate(endsOn)}`}
      </span>
    </>
  )
}

function Voice() {
  return (
    <span className="seat-voice">
      <Icon name="comment" />
      porte la voix
    </span>
  )
}
