import { flowNameStream, flowStream } from './flow-events.js';
import { flowNumber, isFlowNumber, platformFlowName } from './flow-number.js';

describe('flowNumber', () => {
  it('R40 has 25 characters: the platform, the interface, the sequence', () => {
    expect(flowNumber('FSO1100A', 42)).toBe('CPP0011100000000000000042');
    expect(flowNumber(null, 42)).toBe('CPP0010000000000000000042');
  });

  it('R40 names a flow that came without a name by the same convention', () => {
    expect(platformFlowName('FSO1117A', 7)).toBe('FSO1117A_CPP001_CPP0011117000000000000007');
  });

  it.each([
    ['CPP0011100000000000000042', true],
    ['CPP001110000000000000004', false],
    ['CPP00111000000000000000420', false],
    ['CPP0011100000000000000042\n', false],
    ["CPP001110000000000000004'", false],
    ['ABC0011100000000000000042', false],
    ['', false],
  ])('R40 tells whether %j is the number of a flow: %s', (text, expected) => {
    expect(isFlowNumber(text)).toBe(expected);
  });

  it('R40 names streams after the flow, and after the connection and the envelope', () => {
    expect(flowStream('CPP0011100000000000000042')).toBe('flow-CPP0011100000000000000042');
    expect(flowNameStream('ABC123', 'N')).toBe('flow-name-ABC123-N');
  });
});
