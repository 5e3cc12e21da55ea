import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {parseDicomXml} from '../../src/destination/dicom-xml.js';

const model = (inside: string) => `<?xml version="1.0"?>\n<NativeDicomModel>${inside}</NativeDicomModel>`;
const uid = (value: string) =>
  `<DicomAttribute tag="00081155" vr="UI"><Value number="1">${value}</Value></DicomAttribute>`;

describe('the Native DICOM Model', () => {
  it('becomes DICOM JSON, nested as it was', () => {
    const text = model(
      `<DicomAttribute keyword="ReferencedSOPSequence" tag="00081199" vr="SQ">
        <Item number="1">${uid('1.2.3')}</Item>
        <Item number="2">${uid('1.2.4')}</Item>
      </DicomAttribute>
      <DicomAttribute tag="0008119a" vr="SQ"/>`,
    );
    expect(parseDicomXml(text)).to.deep.equal({
      '00081199': {Value: [{'00081155': {Value: ['1.2.3']}}, {'00081155': {Value: ['1.2.4']}}]},
      '0008119A': {Value: []},
    });
  });

  it('is read with prefixes, comments, CDATA and entities', () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?><!-- <x> --><d:NativeDicomModel xmlns:d="urn:x">
      <d:DicomAttribute vr='UI' tag='00081155'><d:Value number='1'>&lt;1&#46;2<![CDATA[<3>]]>&#x41;&nope;</d:Value></d:DicomAttribute>
    </d:NativeDicomModel>`;
    expect(parseDicomXml(text)).to.deep.equal({'00081155': {Value: ['<1.2<3>A&nope;']}});
  });

  it('is refused where it is another document, cut short, crossed, too deep, or has a document type', () => {
    const deep = '<Item>'.repeat(50) + '</Item>'.repeat(50);
    for (const text of [
      '<html></html>',
      '<NativeDicomModel>',
      '<NativeDicomModel><Item></NativeDicomModel></Item>',
      '<NativeDicomModel',
      model(deep),
      '<!DOCTYPE x [<!ENTITY a "aaaa">]><NativeDicomModel>&a;</NativeDicomModel>',
      'text',
      '',
    ]) {
      expect(parseDicomXml(text), text).to.equal(null);
    }
  });

  it('never throws, whatever stands in it, and takes the time that its length takes', () => {
    const piece = fc.constantFrom(
      '<Item>',
      '</Item>',
      '<DicomAttribute tag="00081199">',
      '</DicomAttribute>',
      '<Value>',
      '</Value>',
      '<Value/>',
      '<!--',
      '<![CDATA[',
      ']]>',
      '<?',
      '&#x110000;',
      '&amp;',
      '>',
      '<',
      'x',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string())), pieces => {
        parseDicomXml(model(pieces.join('')));
      }),
      {numRuns: 2000},
    );
    for (const hostile of ['<', '&#', '<a ', '<!--', ' tag=', '<Value>']) {
      parseDicomXml(model(hostile.repeat(200_000)));
    }
  });

  it('cannot reach beyond its own objects by a tag', () => {
    parseDicomXml(model('<DicomAttribute tag="__proto__"><Value>1</Value></DicomAttribute>'));
    expect(({} as Record<string, unknown>)['Value']).to.equal(undefined);
  });
});
