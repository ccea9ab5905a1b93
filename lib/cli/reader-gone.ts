/** Whoever reads us may stop early, as `head` does: that is no error. */
export function endWithReader({ stdout }: Pick<NodeJS.Process, 'stdout'>): void {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}
