import { defineQuery } from './define-query';

export const operationsQueries = [
  defineQuery('Status', {
    path: '/status',
    tag: 'operations',
    roles: ['operator', 'supervisor', 'manager', 'auditor'],
    says: {
      zh: '运行状态:读模型与流程的进度、滞留的命令、分析引擎',
      en: 'how far read models and processes are, commands that wait for a person, analytics',
    },
    input: {},
    answer: async ({ stores, reading, analytics, clock }) => {
      const { storeId, lineageId, formatVersion, simulated } = stores.store.meta;
      const head = await stores.store.head();
      return {
        body: {
          at: clock.now(),
          store: { storeId, lineageId, formatVersion, simulated, ...(head === undefined ? {} : { head }) },
          consumers: await reading.status(),
          // A command's data may hold ids only, but who looks at a queue need not see it.
          parked: (await reading.parked()).map(({ process, instance, commandId, command, attempts, lastFailure }) => ({
            process,
            instance,
            commandId,
            command: command.type,
            stream: command.stream,
            attempts,
            lastFailure,
          })),
          alarmFaults: reading.wakeFaults(),
          analytics: await analytics.health(),
        },
        ...(head === undefined ? {} : { position: head }),
      };
    },
  }),
];
