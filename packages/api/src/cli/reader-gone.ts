/** Exit code of a program whose reader has gone, as shells know it: 128 + SIGPIPE. */
const READER_GONE = 141;
const FAILED = 1;

/**
 * What to do when whoever reads the output has gone (`aftercare … | head`). A command that only tells something has nothing
 * left to do and ends, quietly. One that changes something goes on without a word: half a backup helps nobody.
 *
 * @param onlyTells whether the command that runs changes nothing; asked when it happens
 */
export const endWithReader = (onlyTells: () => boolean): void => {
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') {
        if (onlyTells()) process.exit(READER_GONE);
        return;
      }
      // A full disk behind `> file`: said where it can be said, without a stack.
      if (stream === process.stdout) process.stderr.write(`aftercare: the output can't be written: ${error.message}\n`);
      process.exit(FAILED);
    });
};
