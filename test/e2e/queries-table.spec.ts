import { problemsIn } from '@aftercare/domain';
import { openApi, platformRegistry, queries } from '@aftercare/api';

interface Operation {
  readonly requestBody?: {
    readonly content: {
      readonly 'application/json': {
        readonly schema: { readonly properties: object; readonly required?: readonly string[] };
        readonly example: object;
      };
    };
  };
}

describe('the table of queries', () => {
  const named = (path: string) => (path.match(/:[A-Za-z]+/g) ?? []).map((name) => name.slice(1));
  const posts = queries.filter(({ method }) => method === 'POST');

  it('gives every question an address of its own', () => {
    const addresses = queries.map(({ method, path }) => `${method} ${path.replace(/:[A-Za-z]+/g, ':x')}`);
    expect(addresses.filter((address, index) => addresses.indexOf(address) !== index)).toEqual([]);
  });

  it('lets only people of the company and its channels ask: deny by default', () => {
    for (const { name, roles } of queries) {
      expect([name, roles.length > 0]).toEqual([name, true]);
      expect([name, roles.filter((role) => role === 'system' || role === 'customer')]).toEqual([name, []]);
    }
  });

  it.each(posts)('has an example for $name that fits but for what stands in the path', ({ input, example, path }) => {
    const inPath = named(path).map((name) => `/${name}`);
    expect(problemsIn(input, example).filter(({ pointer }) => !inPath.includes(pointer))).toEqual([]);
  });

  it('documents a body without the parameters of the path', () => {
    const { paths } = openApi(platformRegistry()) as unknown as { paths: Record<string, Record<string, Operation>> };
    for (const { path } of posts) {
      const operation = paths[path.replace(/:([A-Za-z]+)/g, '{$1}')]!['post']!;
      const { schema, example } = operation.requestBody!.content['application/json'];
      for (const name of named(path)) expect(schema.properties).not.toHaveProperty(name);
      expect(Object.keys(example)).toEqual(expect.arrayContaining([...(schema.required ?? [])]));
    }
  });
});
