import { maskFields, maskName, maskPhone, maskText } from './masking';

describe('SEC-01 personal fields are shown masked', () => {
  it('hides the middle four digits of a phone, however it is written', () => {
    expect(maskPhone('13800000000')).toBe('138****0000');
    expect(maskPhone('138-0000-0000')).toBe('138-****-0000');
    expect(maskPhone('12345')).toBe('*****');
  });

  it('keeps the family name', () => expect(maskName('张三')).toBe('张*'));

  it('hides long numbers in what a customer wrote, and nothing else', () => {
    expect(maskText('请打13800000000,型号KFR-35GW坏了3次')).toBe('请打138****0000,型号KFR-35GW坏了3次');
  });

  it('leaves the id of whoever is held responsible whole, however many digits stand together in it', () =>
    expect(maskFields({ meant: 'ba715f1c-cc66-5caa-bb52-25409dab962c' })).toEqual({
      meant: 'ba715f1c-cc66-5caa-bb52-25409dab962c',
    }));

  it('masks by the field’s name', () => {
    expect(maskFields({ contactName: '张三', email: 'a.b@example.invalid', words: '不制冷' })).toEqual({
      contactName: '张*',
      email: 'a***@example.invalid',
      words: '不制冷',
    });
  });

  it('hides numbers inside of lists and parts too, but for ids', () => {
    const steps = [{ planStepId: '20261001-1', what: '致电13800000000' }];
    expect(maskFields({ steps })).toEqual({ steps: [{ planStepId: '20261001-1', what: '致电138****0000' }] });
  });
});
