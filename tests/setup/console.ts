import { afterEach, beforeEach, expect } from 'vitest'

/** An unexpected `console.error` fails the test that caused it; a test that expects one replaces the method itself. */
const written: string[] = []
const original = console.error

beforeEach(() => {
  written.length = 0
  console.error = (...args: unknown[]) => {
    written.push(args.map(String).join(' '))
    original(...args)
  }
})

afterEach(() => {
  console.error = original
  expect(written, 'console.error was called').toEqual([])
})
