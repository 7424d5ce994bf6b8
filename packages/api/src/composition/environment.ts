import { readConfig, type Config } from './config';
import { createPlatform, type Platform } from './platform';

/** The settings of this process; nobody else reads the environment. */
export const configFromEnvironment = (): Config => readConfig(process.env);

export const platformFromEnvironment = (): Promise<Platform> => createPlatform(configFromEnvironment());

/** The operator's token for the command line, where an identity provider issues them. */
export const operatorToken = (): string | undefined => process.env['AFTERCARE_TOKEN'];
