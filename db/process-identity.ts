import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** What tells one running process from every other, including the later owner of the same pid. */
export type ProcessIdentity = {
  pid: number
  /** Boot and start tick, where the system says them. */
  startedAt: string | null
  machine: string
  /** A container sees its own pids only. */
  namespace: string | null
}

export function identifySelf(): ProcessIdentity {
  return { pid: process.pid, startedAt: startOf(process.pid), machine: hostname(), namespace: pidNamespace() }
}

/** Whether this process can see that one: same machine, same container. */
export function isHere(other: ProcessIdentity): boolean {
  return other.machine === hostname() && other.namespace === pidNamespace()
}

/** Whether a process of this machine is still the one described. */
export function stillRuns(other: ProcessIdentity): boolean {
  if (!processExists(other.pid)) return false
  const started = startOf(other.pid)
  if (started === 'zombie') return false
  return started === null || other.startedAt === null || started === other.startedAt
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/**
 * Boot and start tick of a process, from /proc; null where there is no /proc. A killed process that nobody has reaped
 * (usual in a container without init) still answers to its pid: it is a zombie.
 */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name, in parentheses, may hold spaces; the state comes after it, the start tick 19 fields later.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    if (fields[0] === 'Z' || fields[0] === 'X') return 'zombie'
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${fields[19]}`
  } catch {
    return null
  }
}

function pidNamespace(): string | null {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return null
  }
}
