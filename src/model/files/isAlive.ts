/** Does a process with this id run? One that belongs to somebody else counts; what is no id is nobody's. */
export function isAlive(processId: number): boolean {
  if (!Number.isSafeInteger(processId) || processId <= 0) return false; // 0 and below stand for groups of processes
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
