import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Registry } from '@aftercare/domain';
import type { FastifyInstance } from 'fastify';
import { openApi } from './openapi';

const PAGE = `<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><title>Aftercare API</title><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="page"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body>
</html>`;
const START = `window.ui = SwaggerUIBundle({ url: '/docs-json', dom_id: '#page', deepLinking: true });`;

const HTML = 'text/html; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';

/**
 * The API page at /docs and its document at /docs-json, both from the tables. Four files are all that the page needs:
 * the static-file plugin that Swagger's own set-up brings along is ESM inside and does not load in Jest.
 */
export const serveDocumentation = (fastify: FastifyInstance, registry: Registry): void => {
  const ofSwagger = createRequire(createRequire(__filename).resolve('@nestjs/swagger'));
  const folder = dirname(ofSwagger.resolve('swagger-ui-dist/package.json'));
  const file = (name: string) => () => readFileSync(join(folder, name));
  const serve = (path: string, type: string, content: () => string | Buffer) => {
    let kept: string | Buffer | undefined;
    fastify.get(path, { config: { access: { open: true } } }, (_request, reply) => {
      kept ??= content();
      return reply.type(type).header('cache-control', 'public, max-age=3600').send(kept);
    });
  };
  serve('/docs', HTML, () => PAGE);
  serve('/docs/start.js', SCRIPT, () => START);
  serve('/docs/swagger-ui-bundle.js', SCRIPT, file('swagger-ui-bundle.js'));
  serve('/docs/swagger-ui.css', 'text/css; charset=utf-8', file('swagger-ui.css'));
  serve('/docs-json', 'application/json; charset=utf-8', () => JSON.stringify(openApi(registry)));
};
