import { Button } from '#app/components/Button.tsx'
import { PlainList } from '#app/components/PlainList.tsx'
import { Badge } from '#app/components/StateBadge.tsx'
import { TextField } from '#app/components/TextField.tsx'
import { quoted } from '#app/formats.ts'
import type { AgendaRow } from './agenda-rows.ts'
import type { AgendaValues } from './meeting-values.ts'
import { useAgendaRows } from './use-agenda-rows.ts'

interface AgendaEditorProps {
  items: readonly AgendaValues[]
  /** Points that put a proposal before the instance: they are not removed from here. */
  proposals: readonly string[]
  /** Messages of a field, named `items[0].title`. */
  errorOf: (name: string) => string[] | undefined
}

/** The agenda as rows: added, moved and removed by buttons; without scripts, spare rows and empty ones are ignored. */
export function AgendaEditor({ items, proposals, errorOf }: AgendaEditorProps) {
  const agenda = useAgendaRows(items)
  return (
    <div className="agenda-editor" ref={agenda.editor}>
      <PlainList ordered>
        {agenda.rows.map((row, index) => (
          <li key={row.key} data-row={row.key} data-spare={row.spare || undefined}>
            <fieldset className="agenda-row">
              <legend className="visually-hidden">Point {index + 1}</legend>
              <Fields row={row} index={index} errorOf={errorOf} />
              <div className="agenda-row-foot needs-script">
                {proposals.includes(row.id) && (
                  <Badge icon="proposal" tone="info">
                    Proposition inscrite
                  </Badge>
                )}
                <Controls
                  index={index}
                  last={index === agenda.rows.length - 1}
                  removable={!proposals.includes(row.id)}
                  agenda={agenda}
                />
              </div>
            </fieldset>
          </li>
        ))}
      </PlainList>
      {agenda.removed && (
        <p className="agenda-removed">
          {agenda.removed.row.title ? `Point ${quoted(agenda.removed.row.title)} retiré.` : 'Point retiré.'}{' '}
          <Button size="small" icon="withdrawn" onClick={agenda.restore}>
            Rétablir le point
          </Button>
        </p>
      )}
      <div className="needs-script">
        <Button icon="plus" onClick={agenda.add} data-part="add">
          Ajouter un point
        </Button>
      </div>
      <p className="visually-hidden" role="status">
        {agenda.said}
      </p>
    </div>
  )
}

function Fields({ row, index, errorOf }: { row: AgendaRow; index: number } & Pick<AgendaEditorProps, 'errorOf'>) {
  const name = (field: keyof AgendaValues) => `items[${index}].${field}`
  const common = (field: keyof AgendaValues) => ({
    name: name(field),
    error: errorOf(name(field)),
    defaultValue: row[field],
    'data-part': field,
  })
  return (
    <div className="agenda-row-fields">
      <span className="agenda-row-number" aria-hidden="true">
        {index + 1}.
      </span>
      {row.id && <input type="hidden" name={name('id')} value={row.id} />}
      <TextField {...common('title')} label="Intitulé du point" maxLength={300} />
      <TextField {...common('reporter')} label="Rapporteur" maxLength={200} />
      <TextField {...common('durationMinutes')} label={<Minutes />} inputMode="numeric" maxLength={3} />
    </div>
  )
}

interface ControlsProps {
  index: number
  last: boolean
  removable: boolean
  agenda: ReturnType<typeof useAgendaRows>
}

function Controls({ index, last, removable, agenda }: ControlsProps) {
  const which = <span className="visually-hidden"> le point {index + 1}</span>
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        icon="rises"
        data-part="up"
        aria-disabled={index === 0}
        onClick={() => agenda.move(index, index - 1)}
      >
        Monter{which}
      </Button>
      <Button
        size="small"
        variant="quiet"
        icon="descends"
        data-part="down"
        aria-disabled={last}
        onClick={() => agenda.move(index, index + 1)}
      >
        Descendre{which}
      </Button>
      {removable && (
        <Button size="small" variant="quiet" icon="trash" onClick={() => agenda.remove(index)}>
          Retirer{which}
        </Button>
      )}
    </>
  )
}

function Minutes() {
  return (
    <>
      Durée <span className="field-mark">(min)</span>
    </>
  )
}
