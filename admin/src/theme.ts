import type { ThemeConfig } from 'antd'

/** The brand's colours; the style sheets repeat them as custom properties. */
export const brand = { teal: '#0f766e', tealDark: '#134e4a', tealSoft: '#e6f4f1' }

const reducedMotion = window.matchMedia('(prefers-reduced-motion: reduce)').matches

export const theme: ThemeConfig = {
  token: {
    // components that wait for the end of a movement must know that there is none
    motion: !reducedMotion,
    colorPrimary: brand.teal,
    colorInfo: '#0369a1',
    colorSuccess: '#15803d',
    colorWarning: '#b45309',
    colorError: '#b91c1c',
    // mixed by the library these come out grey
    colorInfoBg: '#eaf4fb',
    colorInfoBorder: '#a5cfe8',
    colorSuccessBg: '#e6f5ea',
    colorSuccessBorder: '#a3d4b2',
    colorWarningBg: '#fef6e0',
    colorWarningBorder: '#ecc787',
    colorTextBase: '#16211f',
    colorBgLayout: '#f3f6f5',
    colorBorder: '#cfd9d6',
    colorBorderSecondary: '#e2e9e7',
    colorLink: brand.teal,
    borderRadius: 8,
    fontSize: 14,
    // by language, see base.css
    fontFamily: 'var(--font)',
    // AA contrast on white for secondary text and placeholders
    colorTextSecondary: '#4a5a57',
    colorTextTertiary: '#5c6b68',
    colorTextPlaceholder: '#5f6e6b',
  },
  components: {
    Button: { fontWeight: 500, primaryShadow: 'none', defaultShadow: 'none' },
    Table: {
      headerBg: '#f3f6f5',
      headerColor: '#4a5a57',
      cellPaddingBlock: 10,
      // the library's own shade of a marked row is too dark to read on (AA)
      rowSelectedBg: '#e6f4f1',
      rowSelectedHoverBg: '#d8efe9',
    },
    Card: { headerFontSize: 14 },
    Tabs: { horizontalMargin: '0 0 12px 0' },
  },
}
