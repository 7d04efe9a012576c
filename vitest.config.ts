import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Tests that replace a module, or more: each file has a worker of its own. */
const replacing = ['tests/habilitations/decisive.test.ts', 'tests/server/sign-in.test.ts']

/** Those that take a minute or so, whatever their size: they begin first, so that no worker ends long after the other. */
const longest =
  /journeys\/(accessibility|life-of-minutes|shape)|server\/index|habilitations\/|matrix\/http-|scripts\/|mail\/killed/

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification) =>
      2 * project.config.sequence.groupOrder + (longest.test(moduleId) ? 0 : 1)
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other))
  }
}

const common: Partial<TestProjectInlineConfiguration['test']> = {
  globalSetup: ['tests/setup/global.ts'],
  setupFiles: ['tests/setup/console.ts', 'tests/setup/wasm.ts'],
  environment: 'node',
  pool: 'forks',
  // A PGlite instance weighs 300 to 600 MB; a journey has a server and a browser.
  maxWorkers: 2,
}

/**
 * Everything that runs in Node, in two workers that go from file to file: what is loaded and compiled serves the next. Then
 * the journeys of real browsers, two at a time.
 */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        // The same JSX whether React is that of development or of production, which the built application asks for.
        esbuild: { jsxDev: false },
        test: {
          ...common,
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/journeys/**', ...replacing],
          isolate: false,
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'replacing',
          include: replacing,
          testTimeout: 20_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...common,
          name: 'journeys',
          include: ['tests/journeys/**/*.test.{ts,tsx}'],
          isolate: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
