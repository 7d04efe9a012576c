import { databaseGone } from './database-gone.ts'
import { diskFull } from './disk-full.ts'
import { flood } from './flood.ts'
import type { Scenario } from './scenario.ts'
import { slowReader } from './slow-reader.ts'
import { stopUnderLoad } from './stop-under-load.ts'
import { storeFails } from './store-fails.ts'
import { twoProcesses } from './two-processes.ts'

export const scenarios: readonly Scenario[] = [
  storeFails,
  databaseGone,
  diskFull,
  stopUnderLoad,
  slowReader,
  flood,
  twoProcesses,
]
