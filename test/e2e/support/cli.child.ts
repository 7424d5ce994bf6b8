import { main } from '../../../packages/api/src/cli/main';

/** The command line from its sources, so that tests need no build. */
main(process.argv);
