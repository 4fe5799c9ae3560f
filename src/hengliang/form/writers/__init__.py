"""The form as a document that offices use: one module per format, over one content and one grid."""
