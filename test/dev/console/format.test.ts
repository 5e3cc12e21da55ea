import {expect} from '@open-wc/testing';
import {formatBytes, formatCount, formatDicomDate, formatMoment} from '../../../dev/console/pages/format.js';

describe('figures and dates', () => {
  it('have three digits and decimal units for bytes', () => {
    const shown = [0, 999, 1000, 1.18e12, 4.1e12, 999_600, 12_345_678].map(n => formatBytes(n, 'en'));
    expect(shown).to.deep.equal(['0 B', '999 B', '1 kB', '1.18 TB', '4.1 TB', '1 MB', '12.3 MB']);
  });

  it('group thousands', () => {
    expect(formatCount(811982, 'en')).to.equal('811,982');
  });

  it('name the month of a DICOM date, and leave what is none as it is', () => {
    expect(formatDicomDate('20241118', 'en')).to.equal('18 Nov 2024');
    expect(formatDicomDate('2024.09.01', 'en')).to.equal('01 Sep 2024');
    for (const text of ['', '20240230', '2024', 'yesterday'])
      expect(formatDicomDate(text, 'en')).to.equal(text);
  });

  it('give the time for today, and day and time for any other day', () => {
    const now = new Date(2024, 10, 18, 20, 0, 0);
    expect(formatMoment(new Date(2024, 10, 18, 18, 21, 4).toISOString(), 'en', now)).to.equal('18:21:04');
    expect(formatMoment(new Date(2024, 10, 17, 8, 5, 0).toISOString(), 'en', now)).to.equal('17 Nov 08:05');
    expect(formatMoment('nonsense', 'en', now)).to.equal('');
  });
});
