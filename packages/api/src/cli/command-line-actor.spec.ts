import { id, matches } from '@aftercare/domain';
import { commandLineActor } from './command-line-actor';

describe('whoever works on the command line', () => {
  it('is named by the account, as an id that events can hold', () => {
    expect(commandLineActor(() => 'zhang')).toBe('command-line-zhang');
    for (const name of ['DOMAIN\\zhang san', '张三', 'x'.repeat(200), '.zhang.'])
      expect(
        matches(
          id(),
          commandLineActor(() => name),
        ),
      ).toBe(true);
  });

  it('is nobody in particular where no account bears the number', () =>
    expect(
      commandLineActor(() => {
        throw new Error('no such user');
      }),
    ).toBe('command-line'));
});
