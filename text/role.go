package text

// roleWords are the names of the roles in English and German, folded.
var roleWords = map[string]string{
	"viewer": "VIEWER", "guest": "VIEWER", "attendee": "VIEWER", "participant": "VIEWER",
	"publikum": "VIEWER", "podium": "SPEAKER", "moderation": "MODERATOR", // the app's words
	"zuschauen": "VIEWER", "sprechen": "SPEAKER", "moderieren": "MODERATOR",
	"zuschauer": "VIEWER", "zuschauerin": "VIEWER", "gast": "VIEWER", "teilnehmer": "VIEWER", "teilnehmerin": "VIEWER",
	"speaker": "SPEAKER", "panelist": "SPEAKER", "presenter": "SPEAKER",
	"sprecher": "SPEAKER", "sprecherin": "SPEAKER", "redner": "SPEAKER", "rednerin": "SPEAKER", "referent": "SPEAKER", "referentin": "SPEAKER",
	"moderator": "MODERATOR", "moderatorin": "MODERATOR",
}

// ReadRole returns the name of the role that a typed word means, such as VIEWER.
func ReadRole(typed string) (string, *Mistake) {
	if known := roleWords[Fold(trimEdges(typed))]; known != "" {
		return known, nil
	}
	return "", mistake("“%s” is no role. Choose Viewer, Speaker or Moderator.", shortened(typed))
}
