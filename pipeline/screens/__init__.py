"""The Streamlit screens, one file each. A screen has a function ``show()`` and holds no calculation."""
