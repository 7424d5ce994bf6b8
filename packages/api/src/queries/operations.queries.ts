import { statusOf } from '../operations/status';
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
    answer: async (platform) => {
      const head = await platform.stores.store.head();
      return { body: await statusOf(platform), ...(head === undefined ? {} : { position: head }) };
    },
  }),
];
