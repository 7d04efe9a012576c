import { FolderLockedError, lockFolder } from '../../db/lock.ts'

/** Takes the lock of the folder given as argument, says so, and holds it until killed. */
const [folder = ''] = process.argv.slice(2)

try {
  await lockFolder(folder, () => process.stdout.write('lost\n'))
  process.stdout.write('taken\n')
  setInterval(() => {}, 1000)
} catch (error) {
  process.stdout.write(error instanceof FolderLockedError ? `refused ${error.pid}\n` : `failed ${error}\n`)
}
