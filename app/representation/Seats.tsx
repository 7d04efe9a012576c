import { Icon } from '#app/components/Icon.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { shortDate } from '#app/formats.ts'
import type { MatrixPerson, MatrixSeat } from '#server/domain/representation/matrix.ts'

/** Those who sit in one place: who carries the voice is said by a sign and its word. */
export function Seats({ seats }: { seats: readonly MatrixSeat[] }) {
  return (
    <PlainList className="seats">
      {seats.map(seat => (
        <li key={seat.mandateId}>
          <Person person={seat} />
          {seat.carriesVoice && <Voice />}
          {seat.suppleants.map(suppleant => (
            <span key={suppleant.mandateId} className="seat-suppleant">
              <Person person={suppleant} />
            </span>
          ))}
        </li>
      ))}
    </PlainList>
  )
}

function Person({ person: { name, functionLabel, endsOn } }: { person: MatrixPerson }) {
  return (
    <>
      <strong>{name}</strong>{' '}
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
