import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own messages: start-up chatter at debug, warnings and errors as they are. */
export class NestLog implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log(message: unknown): void {
    this.logger.debug({ nest: String(message) });
  }
  debug(message: unknown): void {
    this.logger.trace({ nest: String(message) });
  }
  verbose(message: unknown): void {
    this.logger.trace({ nest: String(message) });
  }
  warn(message: unknown): void {
    this.logger.warn({ nest: String(message) });
  }
  error(message: unknown): void {
    this.logger.error({ nest: String(message) });
  }
}
