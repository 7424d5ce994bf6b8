import { generateKeyPairSync } from 'node:crypto';
import { done, refused } from './support/cast';
import { IdentityProvider } from './support/identity-provider';
import { World } from './support/world';

const customer = { name: '张三', phone: '13800000000' };

describe('tokens of a company’s identity provider (issuer and JWKS)', () => {
  let provider: IdentityProvider;
  let world: World;

  beforeAll(async () => {
    provider = await IdentityProvider.start();
    world = await World.start({
      env: {
        AUTH_ISSUER: provider.issuer,
        AUTH_JWKS_URL: provider.jwksUrl,
        AUTH_AUDIENCE: provider.audience,
      },
    });
  });
  afterAll(async () => {
    await world.stop();
    await provider.stop();
  });

  const claims = (changed: object = {}) => provider.claims(world.clock.now(), changed);
  const withToken = (token: string) => world.withToken(token);
  const good = (changed: object = {}) => withToken(provider.rs256(claims(changed)));

  it('accepts RS256 and asks for the keys once, not with every request', async () => {
    done(await good().post('/customers', customer));
    done(await good({ sub: 'staff-2' }).get('/tickets'));
    expect(provider.asked).toBe(1);
  });

  it('acts as the person of the token, in a role that it names', async () => {
    const { id } = done(await good({ sub: 'staff-7', roles: ['analyst', 'agent'] }).post('/customers', customer)).body;
    const { events } = await world.platform.stores.store.read(`customer-${id}`);
    expect(JSON.parse(events[0]!.metadata)).toMatchObject({ actor: { id: 'staff-7', role: 'agent' } });
  });

  it('refuses a shared secret, also the public key as one, and tokens of a local key', async () => {
    for (const token of [
      provider.hs256WithPublicKey(claims()),
      provider.hs256(claims(), world.tokenKey),
      provider.hs256(claims({ iss: 'aftercare-local', aud: 'aftercare' }), world.tokenKey),
    ])
      refused(await withToken(token).get('/tickets'), 401, 'AUTH.TOKEN_INVALID');
    refused(await (await world.person('supervisor')).get('/tickets'), 401, 'AUTH.TOKEN_INVALID');
  });

  it('refuses no signature, another key, another issuer, another audience and what is cut or joined', async () => {
    const stranger = generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey;
    const sound = provider.rs256(claims());
    const [head, body, mac] = sound.split('.');
    for (const token of [
      provider.unsigned(claims()),
      provider.rs256(claims(), {}, stranger),
      provider.rs256(claims(), { kid: 'key-2' }),
      provider.rs256(claims({ iss: 'https://other.example.invalid' })),
      provider.rs256(claims({ iss: undefined })),
      provider.rs256(claims({ aud: 'another-service' })),
      provider.rs256(claims({ aud: undefined })),
      provider.rs256(claims({ sub: undefined })),
      provider.rs256(claims({ sub: '张三' })),
      provider.rs256(claims({ nbf: 99_999_999_999 })),
      `${head}.${body}.`,
      `${head}.${Buffer.from(JSON.stringify(claims({ roles: ['manager'] }))).toString('base64url')}.${mac}`,
    ])
      refused(await withToken(token).get('/tickets'), 401, 'AUTH.TOKEN_INVALID');
  });

  it('refuses what has expired or never would', async () => {
    const now = Math.floor(Date.parse(world.clock.now()) / 1_000);
    const expired = refused(await good({ exp: now - 1 }).get('/tickets'), 401, 'AUTH.TOKEN_EXPIRED');
    expect(expired.headers['www-authenticate']).toContain('invalid_token');
    refused(await good({ exp: undefined }).get('/tickets'), 401, 'AUTH.TOKEN_INVALID');
    const short = provider.rs256(claims({ exp: now + 30 }));
    done(await withToken(short).get('/tickets'));
    await world.wait(31_000);
    refused(await withToken(short).get('/tickets'), 401, 'AUTH.TOKEN_EXPIRED');
  });

  it('lets nobody do anything whose roles are missing, unknown or not for tokens: deny by default', async () => {
    for (const roles of [
      undefined,
      [],
      ['root'],
      'agent',
      { agent: true },
      ['system'],
      ['customer'],
      ['Agent'],
      [['agent']],
    ])
      refused(await good({ roles }).get('/tickets'), 403, 'AUTH.ROLE_NOT_ALLOWED');
    refused(await good({ roles: undefined, role: 'system' }).get('/tickets'), 403, 'AUTH.ROLE_NOT_ALLOWED');
    done(await good({ roles: undefined, role: 'agent' }).get('/tickets'));
  });
});

describe('an identity provider that can’t be reached', () => {
  it('is our trouble and not the token’s: 503, and open routes go on', async () => {
    const provider = await IdentityProvider.start();
    const world = await World.start({
      env: { AUTH_ISSUER: provider.issuer, AUTH_JWKS_URL: provider.jwksUrl, AUTH_AUDIENCE: provider.audience },
    });
    const token = provider.rs256(provider.claims(world.clock.now()));
    await provider.stop();
    refused(await world.withToken(token).get('/tickets'), 503, 'AUTH.KEYS_UNAVAILABLE');
    refused(await world.withToken('nonsense').get('/tickets'), 401, 'AUTH.TOKEN_INVALID');
    expect((await world.nobody().get('/readyz')).status).toBe(200);
    await world.stop();
  });
});
