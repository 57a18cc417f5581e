import { useState } from 'react'
import { t } from '../texts'
import { Banner } from '../ui/Banner'
import { Button } from '../ui/Button'
import { usePreference } from '../ui/preference'

/** Says that somebody chose another language in another tab. The page does not reload by itself: it may hold what they typed. */
export function LanguageBar() {
  const chosen = usePreference('language')
  const [loaded] = useState(chosen)
  if (chosen === loaded) return null
  return (
    <div className="late connection-bar">
      <Banner bar icon="alert" role="status" actions={<Button size="small" onClick={() => location.reload()}>{t.reload}</Button>}>
        {t.otherLanguage}
      </Banner>
    </div>
  )
}
