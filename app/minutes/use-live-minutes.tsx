import { useRevalidator } from '@remix-run/react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import type { TextMover } from '#app/editor/connection/useLiveSession.ts'
import type { LiveStatus } from '#app/editor/live-status.ts'
import { SaveStatusBar } from '#app/editor/SaveStatusBar.tsx'
import type { MinutesPage } from '#server/domain/minutes/minutes-page.ts'
import type { OutlineItem } from './Outline.tsx'

/** Someone who has the text open now. */
export type LivePerson = { name: string; organisation: string; color: string; writing: boolean }

export type LiveMinutes = {
  outline: readonly OutlineItem[]
  people: readonly LivePerson[]
  /** What is stored; nothing on sealed minutes. */
  statusBar: ReactNode
  onStatus(status: LiveStatus): void
  onPeople(people: LivePerson[]): void
  onOutline(outline: OutlineItem[]): void
  onTextMoved(by: TextMover): void
  /** Approvals, states or the seal moved: the page reads its data again. */
  refresh(): void
}

/** After the last edit: long enough not to read the page at every sentence. */
const readAgainAfterMs = 2500

/** What the live text tells the page around it. @param asLoaded the outline, until the live text gives its own */
export function useLiveMinutes(page: MinutesPage, asLoaded: readonly OutlineItem[]): LiveMinutes {
  const [status, setStatus] = useState<LiveStatus | null>(null)
  const [people, setPeople] = useState<LivePerson[]>([])
  const [written, setWritten] = useState<OutlineItem[] | null>(null)
  const { revalidate } = useRevalidator()
  const live = page.live !== null

  useEffect(() => {
    if (!live) {
      setPeople([])
      setWritten(null)
    }
  }, [live])

  return {
    outline: written ?? asLoaded,
    people,
    statusBar: live && status ? <SaveStatusBar status={status} /> : null,
    onStatus: setStatus,
    onPeople: setPeople,
    onOutline: setWritten,
    onTextMoved: useReadingAgain(page.state === 'en_relecture', status),
    refresh: useCallback(() => revalidate(), [revalidate]),
  }
}

/**
 * Reads the page again when writing pauses: decisions and actions beside the text are those of what is stored. While
 * agreements are given, somebody else's edit counts as well: it voids them.
 */
function useReadingAgain(agreeing: boolean, status: LiveStatus | null): LiveMinutes['onTextMoved'] {
  const { revalidate } = useRevalidator()
  const timer = useRef<ReturnType<typeof setTimeout>>()
  const latest = useRef({ agreeing, status })
  latest.current = { agreeing, status }
  useEffect(() => () => clearTimeout(timer.current), [])

  return useCallback(
    by => {
      if (by === 'other' && !latest.current.agreeing) return
      clearTimeout(timer.current)
      timer.current = setTimeout(() => {
        // Without a network there is nothing to read, and the page must not fail under the hands of whoever writes.
        const { status } = latest.current
        if (navigator.onLine && (status?.state === 'saved' || status?.state === 'readOnly')) revalidate()
      }, readAgainAfterMs)
    },
    [revalidate],
  )
}
