import { hash } from 'node:crypto';

/** The namespace of every id that the platform derives from names; never to be changed. */
export const AFTERCARE_NAMESPACE = '6f4f6a3e-2f0c-5d0b-9a55-3c9a8f1f7c21';

const bytesOf = (uuid: string): Buffer => Buffer.from(uuid.replaceAll('-', ''), 'hex');

const OURS = bytesOf(AFTERCARE_NAMESPACE);

/** RFC 9562 name-based uuid: the same name gives the same id, on every machine and at every retry. */
export const uuidv5 = (name: string, namespace: string = AFTERCARE_NAMESPACE): string => {
  const prefix = namespace === AFTERCARE_NAMESPACE ? OURS : bytesOf(namespace);
  const digest = hash('sha1', Buffer.concat([prefix, Buffer.from(name, 'utf8')]), 'buffer');
  digest[6] = (digest[6]! & 0x0f) | 0x50;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const hex = digest.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** Id of the event at `index` of what one command wrote to one stream; a retry computes the same. */
export const eventIdOf = (commandId: string, stream: string, index: number): string =>
  uuidv5(`${commandId}\n${stream}\n${index}`);
