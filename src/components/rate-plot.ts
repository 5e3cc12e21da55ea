import {css, html, LitElement, nothing, svg, type SVGTemplateResult, type TemplateResult} from 'lit';
import {customElement, property} from 'lit/decorators.js';
import {boxStyle} from './box-style.js';
import {localized, msg, str} from '@lit/localize';
import type {RatePoint} from '../job/job-snapshot.js';
import {formatByteRate, rateUnitName, unitOf} from './format-bytes.js';
import {formatDuration} from './format-duration.js';
import {formatNumber} from './format-number.js';
import {roundCeiling, stretches} from './plot-scale.js';
import {shared} from './styles.js';
import {firstInOwnTask} from './own-task.js';

/**
 * Bytes a second over time; waits are hatched. The line is drawn in a unit square that is stretched to the width at
 * hand; words and hatching lie over it as ordinary boxes, so that nothing is distorted.
 */
@localized()
@customElement('pacs-rate-plot')
export class RatePlot extends firstInOwnTask(LitElement) {
  static override styles = [
    ...shared,
    css`
      :host {
        display: block;
      }
      .head {
        display: flex;
        gap: 8px;
        justify-content: space-between;
        margin-bottom: 7px;
      }
      .plot {
        display: grid;
        font-size: 12px;
        gap: 4px 6px;
        grid-template-columns: minmax(18px, max-content) 1fr;
        line-height: 14px;
        margin-right: 8px;
      }
      .ticks {
        display: flex;
        flex-direction: column;
        height: 83px;
        justify-content: space-between;
        margin: -7px 0;
        padding: 0;
        height: 97px;
        text-align: right;
      }
      .area {
        background: linear-gradient(var(--line), var(--line)) 0 50% / 100% 1px no-repeat;
        border-bottom: 1px solid var(--line);
        border-top: 1px solid var(--line);
        height: 83px;
        position: relative;
      }
      svg.rate {
        display: block;
        height: 100%;
        overflow: visible;
        width: 100%;
      }
      .rate path {
        fill: color-mix(in srgb, var(--plot) 18%, transparent);
      }
      .rate polyline {
        fill: none;
        stroke: var(--plot);
        stroke-linejoin: round;
        stroke-width: 1.5px;
        vector-effect: non-scaling-stroke;
      }
      .dot {
        background: var(--plot);
        border-radius: 50%;
        height: 6px;
        margin: -3px 0 0 -3px;
        position: absolute;
        width: 6px;
      }
      .wait {
        --stripe: color-mix(in srgb, var(--text) 45%, var(--ground));
        background: repeating-linear-gradient(-45deg, var(--stripe) 0 1px, transparent 1px 5px);
        bottom: 0;
        min-width: 2px;
        position: absolute;
        top: 0;
      }
      .wait-label {
        bottom: 2px;
        padding: 0 5px;
        position: absolute;
        white-space: nowrap;
      }
      .times {
        display: flex;
        grid-column: 2;
        justify-content: space-between;
      }
      @media (forced-colors: active) {
        .rate polyline {
          stroke: CanvasText;
        }
        .dot,
        .wait {
          forced-color-adjust: none;
          --stripe: CanvasText;
        }
      }
    `,
  ];

  @property({attribute: false}) points: readonly RatePoint[] = [];
  @property({type: Number}) bytesPerSecond = 0;
  @property({type: Number}) filesPerSecond = 0;

  override render(): TemplateResult {
    const points = this.points.slice(-720);
    const [first, last] = [points.at(0), points.at(-1)];
    const span = first && last ? last.at - first.at : 0;
    const peak = Math.max(...points.map(point => point.bytesPerSecond), 1000);
    const power = Math.max(1, unitOf(peak));
    const top = roundCeiling(peak / 1000 ** power);
    const now = formatByteRate(this.bytesPerSecond);
    const files = msg(str`${formatNumber(this.filesPerSecond, this.filesPerSecond < 10 ? 1 : 0)} files/s`);
    const unit = rateUnitName(power);
    const scope = span > 0 ? msg(str`${unit}, last ${formatDuration(span)}`) : unit;
    const lines = span > 0 ? drawRates(placed(points, top * 1000 ** power), span) : nothing;
    return html`<div class="head">
        <span><b>${now}</b> · ${files}</span><span class="muted small">${scope}</span>
      </div>
      <div class="plot muted" role="img" aria-label=${msg(str`Rate over time: now ${now}, ${files}`)}>
        <div class="ticks">
          <span>${formatNumber(top, 2)}</span><span>${formatNumber(top / 2, 2)}</span><span>0</span>
        </div>
        <div class="area">${lines}</div>
        <div class="times">
          <span>${span > 0 ? msg(str`${formatDuration(span)} ago`) : ''}</span><span>${msg('now')}</span>
        </div>
      </div>`;
  }
}

/** A point in the unit square, `y` downwards. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly waited: boolean;
}

function placed(points: readonly RatePoint[], top: number): Place[] {
  const start = points.at(0)?.at ?? 0;
  const span = (points.at(-1)?.at ?? 0) - start;
  return points.map(({at, bytesPerSecond, waited}) => ({
    x: (at - start) / span,
    y: 1 - Math.min(1, bytesPerSecond / top),
    waited,
  }));
}

function drawRates(places: readonly Place[], span: number): TemplateResult {
  const lines: SVGTemplateResult[] = [];
  const waits: TemplateResult[] = [];
  for (const {waited, from, to} of stretches(places)) {
    const part = places.slice(from, to + 1);
    const left = (waited ? places[from - 1]?.x : part.at(0)?.x) ?? 0;
    const right = part.at(-1)?.x ?? 1;
    if (waited) {
      waits.push(drawWait(left, right, (right - left) * span));
    } else {
      const line = part.map(({x, y}) => `${x.toFixed(4)},${y.toFixed(4)}`).join(' ');
      lines.push(
        svg`<path d=${`M${left.toFixed(4)},1 L${line} L${right.toFixed(4)},1Z`}></path><polyline points=${line}></polyline>`,
      );
    }
  }
  const last = places.at(-1);
  const dot =
    last && !last.waited
      ? html`<div class="dot" ${boxStyle({left: '100%', top: `${last.y * 100}%`})}></div>`
      : nothing;
  return html`<svg class="rate" viewBox="0 0 1 1" preserveAspectRatio="none" aria-hidden="true">${lines}</svg>
    ${waits}${dot}`;
}

function drawWait(left: number, right: number, ms: number): TemplateResult {
  const box = {left: `${left * 100}%`, width: `${(right - left) * 100}%`};
  const beside = right < 0.7 ? {left: `${right * 100}%`} : {right: `${(1 - left) * 100}%`};
  const label = msg(str`waited ${formatDuration(ms)}`);
  return html`<div class="wait" ${boxStyle(box)}></div>
    ${right - left > 0.02 ? html`<span class="wait-label" ${boxStyle(beside)}>${label}</span>` : nothing}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'pacs-rate-plot': RatePlot;
  }
}
