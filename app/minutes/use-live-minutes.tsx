import { useRevalidator } from '@remix-run/react'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { LiveStatus } from '#app/editor/live-status.ts'
import { outlineOf } from '#app/editor/reading/outline.ts'
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
  /** Approvals, states or the seal moved: the page reads its data again. */
  refresh(): void
}

/** After the last edit is stored: long enough not to read the page at every sentence. */
const readAgainAfterMs = 2500

/** What the live text tells the page around it. */
export function useLiveMinutes(page: MinutesPage): LiveMinutes {
  const [status, setStatus] = useState<LiveStatus | null>(null)
  const [people, setPeople] = useState<LivePerson[]>([])
  const [written, setWritten] = useState<OutlineItem[] | null>(null)
  const { revalidate } = useRevalidator()
  const live = page.live !== null
  const asLoaded = useMemo(() => outlineOf(page.content), [page.content])

  // Decisions, actions and agreements shown beside the text are read again once what was written is stored.
  const stored = status?.state === 'saved' ? status.at.getTime() : null
  const firstStored = useRef<number | null>(null)
  useEffect(() => {
    if (stored === null) return
    firstStored.current ??= stored
    if (stored === firstStored.current) return
    const timer = setTimeout(revalidate, readAgainAfterMs)
    return () => clearTimeout(timer)
  }, [stored, revalidate])

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
    refresh: useCallback(() => revalidate(), [revalidate]),
  }
}
