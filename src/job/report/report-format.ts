export type ReportFormat = 'csv' | 'json';
