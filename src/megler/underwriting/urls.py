"""Addresses of underwriting."""

from django.urls import path

from megler.underwriting.pages import assessment, questions, requirements

urlpatterns = [
    path("underwriting/", assessment.assessment, name="assessment"),
    path("underwriting/words/", assessment.assessment_words, name="assessment_words"),
    path("underwriting/history/", assessment.assessment_history, name="assessment_history"),
    path("requirements/", requirements.requirements, name="requirements"),
    path("requirements/answer/", requirements.requirements_burdens, name="requirements_burdens"),
    path("requirements/history/", requirements.requirements_history, name="requirements_history"),
    path("questions/", questions.questions, name="questions"),
    path("questions/rephrased/", questions.questions_rephrased, name="questions_rephrased"),
]
