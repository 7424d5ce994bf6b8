import { problemsIn } from '@aftercare/domain';
import { commandRoutes } from '../commands/command-routes';
import { platformRegistry } from '../composition/platform';
import { queries } from '../queries/index';
import { openApi } from './openapi';

describe('the API page', () => {
  const registry = platformRegistry();

  it('names every command and query, with an example that passes its own check', () => {
    const { paths } = openApi(registry) as unknown as { paths: Record<string, Record<string, unknown>> };
    for (const { path, definition } of commandRoutes(registry)) {
      expect(paths[path.replace(/:(\w+)/g, '{$1}')]?.['post']).toBeDefined();
      expect(problemsIn(definition.data, definition.example)).toEqual([]);
    }
    for (const { path, method } of queries)
      expect(paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]).toBeDefined();
  });

  it('offers no command that only the system may send', () => {
    const types = commandRoutes(registry).map(({ definition }) => definition);
    expect(types.filter(({ internal }) => internal)).toEqual([]);
    expect(types.filter(({ roles }) => roles.every((role) => role === 'system'))).toEqual([]);
  });
});
