import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateKeyPairSync, sign, createHmac, type KeyObject } from 'node:crypto';

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A tiny issuer of tokens: publishes its public key as a JWKS and signs whatever it is told to. */
export class IdentityProvider {
  readonly issuer = 'https://id.example.invalid';
  readonly audience = 'aftercare-test';
  asked = 0;
  private constructor(
    private readonly server: Server,
    private readonly keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject },
  ) {}

  static async start(): Promise<IdentityProvider> {
    const keys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const server = createServer((_request, response) => {
      provider.asked += 1;
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ keys: [provider.publicJwk] }));
    });
    const provider = new IdentityProvider(server, keys);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return provider;
  }

  get publicJwk(): object {
    return { ...this.keys.publicKey.export({ format: 'jwk' }), kid: 'key-1', alg: 'RS256', use: 'sig' };
  }

  get jwksUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/jwks`;
  }

  claims(now: string, changed: object = {}): object {
    const seconds = Math.floor(Date.parse(now) / 1_000);
    const { issuer: iss, audience: aud } = this;
    return { iss, aud, sub: 'staff-1', roles: ['agent'], iat: seconds, exp: seconds + 3_600, ...changed };
  }

  /** RS256, as it should be; `by` another key for a forgery. */
  rs256(claims: object, header: object = {}, by: KeyObject = this.keys.privateKey): string {
    const signed = `${part({ alg: 'RS256', kid: 'key-1', ...header })}.${part(claims)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), by).toString('base64url')}`;
  }

  /** The classical confusion: HS256 with the public key, which everybody has, as the secret. */
  hs256WithPublicKey(claims: object): string {
    const secret = this.keys.publicKey.export({ type: 'spki', format: 'pem' });
    return this.hs256(claims, secret);
  }

  hs256(claims: object, secret: string | Uint8Array | Buffer): string {
    const signed = `${part({ alg: 'HS256', kid: 'key-1' })}.${part(claims)}`;
    return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
  }

  unsigned(claims: object): string {
    return `${part({ alg: 'none' })}.${part(claims)}.`;
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}
